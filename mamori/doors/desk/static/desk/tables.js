// A table that is being taken in goes on by itself; without this script a button does the same.
const form = document.querySelector("form[data-goes-on]");
form.requestSubmit(form.querySelector("button"));
