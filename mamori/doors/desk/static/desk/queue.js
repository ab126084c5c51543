// Several cases at once: with Shift held, those between two ticks are ticked, too; the bar says how many.

const all = document.querySelector("input[name=all]");
const ticks = [...document.querySelectorAll(".cases input[name=case]")];
const many = document.querySelector("#several [data-many]");
const one = many?.textContent;
let last = 0;

const tell = () => {
  const count = ticks.filter((tick) => tick.checked).length;
  all.checked = count === ticks.length;
  many.textContent = count ? many.dataset.many.replace("#", count) : one;
};

for (const [at, tick] of ticks.entries()) {
  tick.addEventListener("click", (event) => {
    if (event.shiftKey) for (const between of ticks.slice(Math.min(at, last), Math.max(at, last) + 1)) between.checked = tick.checked;
    last = at;
    tell();
  });
}
all?.addEventListener("change", () => {
  for (const tick of ticks) tick.checked = all.checked;
  tell();
});
if (all) tell();
