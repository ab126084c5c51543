// Passkeys: a form marked data-passkey asks the browser for one, puts it into its hidden field, and is sent.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const opened = (options) => {
  const asked = structuredClone(options);
  asked.challenge = toBytes(asked.challenge);
  if (asked.user) asked.user.id = toBytes(asked.user.id);
  for (const known of [...(asked.excludeCredentials ?? []), ...(asked.allowCredentials ?? [])]) known.id = toBytes(known.id);
  return asked;
};

const closed = (credential) => {
  const said = { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: {} };
  said.clientExtensionResults = credential.getClientExtensionResults();
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) said.response[name] = toText(credential.response[name]);
  }
  if (credential.response.getTransports) said.response.transports = credential.response.getTransports();
  return said;
};

const written = () => JSON.parse(document.getElementById("passkey-options").textContent);

const fetched = async (form) => {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the house answered ${answer.status}`);
  return answer.json();
};

const ceremonies = {
  login: async (form) => navigator.credentials.get({ publicKey: opened((await fetched(form)).request_options.publicKey) }),
  prove: async () => navigator.credentials.get({ publicKey: opened(written().request_options.publicKey) }),
  make: async () => navigator.credentials.create({ publicKey: opened(written().creation_options.publicKey) }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const fault = form.querySelector("[data-passkey-fault]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      const credential = await ceremonies[form.dataset.passkey](form);
      form.elements.credential.value = JSON.stringify(closed(credential));
      form.submit();
    } catch {
      fault.hidden = false;
    }
  });
}
