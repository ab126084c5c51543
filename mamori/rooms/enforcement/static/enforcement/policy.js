// Checks a row of the policy while it is typed: the answer is the server's, the same as of the button “check”.

const form = document.querySelector("form[data-checked]");
const place = form && document.getElementById(form.dataset.checked);
let waiting = 0;
let asked = 0;

const check = async () => {
  const turn = ++asked;
  const data = new FormData(form);
  data.set("check", "1");
  data.set("part", "1");
  const answer = await fetch(location.href, { method: "POST", body: data }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
};

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, 250);
});
