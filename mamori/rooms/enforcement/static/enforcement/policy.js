// Checks a row of the policy while it is typed: the answer is the server's, the same as of the button “check”.

const form = document.querySelector("form[data-checked]");
const place = form && document.getElementById(form.dataset.checked);
let waiting = 0;
let asked = 0;

const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);

const told = ({ fine, title, faults, note }) => {
  const head = made("p", "", { className: fine ? "fine" : "" });
  head.append(made("strong", title));
  const list = made("ul", "", { className: "faulty" });
  for (const { kind, text } of faults) {
    const item = made("li", "");
    if (kind) item.append(made("span", kind, { className: "chip warn" }), " ");
    item.append(text);
    list.append(item);
  }
  place.replaceChildren(head, ...(faults.length ? [list] : []), ...(note ? [made("p", note, { className: "quiet" })] : []));
};

const check = async () => {
  const turn = ++asked;
  const data = new FormData(form);
  data.set("check", "1");
  data.set("part", "1");
  const answer = await fetch(location.href, { method: "POST", body: data }).catch(() => null);
  if (answer?.ok && turn === asked) told(await answer.json());
};

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, 250);
});
