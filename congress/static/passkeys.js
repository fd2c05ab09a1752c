// Passkeys: asks the browser for one. Without this file the password and a code still work.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function wanted(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const each of options.excludeCredentials ?? []) each.id = toBytes(each.id);
  return { publicKey: options };
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !isSecureContext) continue;
  const form = part.querySelector("form");
  const failed = part.querySelector("[data-failed]");
  part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const token = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
      const answer = await fetch(part.dataset.passkey, { method: "POST", body: token });
      const options = wanted(await answer.json());
      const credential = options.publicKey.user
        ? await navigator.credentials.create(options)
        : await navigator.credentials.get(options);
      form.elements.answer.value = written(credential);
      form.submit();
    } catch {
      failed.hidden = false; // put away by its owner, or there is none here
    }
  });
}
