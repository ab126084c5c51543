// Checks a row of the policy while it is typed: the answer is the page that the button “check” would lead to.

const form = document.querySelector("button[name=check]")?.form;
const place = document.getElementById("checks");
let waiting = 0;
let asked = new XMLHttpRequest();

const check = () => {
  asked.abort();
  asked = new XMLHttpRequest();
  asked.responseType = "document"; // parsed by the browser, no string of ours becomes a page
  asked.onload = ({ target }) => {
    const faults = target.response?.querySelectorAll(".field .fault") ?? [];
    for (const id of ["checks", "effects", "changes"]) {
      const found = target.response?.getElementById(id);
      if (found) document.getElementById(id)?.replaceChildren(...found.childNodes);
    }
    place.append(...faults);
  };
  asked.open("POST", location.href);
  const data = new FormData(form);
  data.set("check", "1");
  asked.send(data);
};

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, 250);
});
