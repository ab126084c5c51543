// Keys for those who work at the desk all day: j and k move along the cases, Enter opens, / searches.

const rows = () => [...document.querySelectorAll("[data-rows] li a[href]:first-of-type")].filter((a) => a.closest(".name"));

const typing = (target) => target.closest("input, textarea, select, button, [contenteditable]") !== null;

const move = (step) => {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
    event.preventDefault();
  } else if (event.key === "/") {
    const search = document.querySelector('[data-key="/"]');
    if (search) {
      search.focus();
      event.preventDefault();
    }
  }
});
