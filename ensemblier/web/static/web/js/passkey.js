// Passkeys: the browser makes a key or answers with one; the form carries its words. Without script, codes do the same.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const words = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = known(options.allowCredentials);

  const answerOf = ({ id, rawId, type, response }) => {
    const said = { clientDataJSON: words(response.clientDataJSON) };
    if (response.attestationObject) said.attestationObject = words(response.attestationObject);
    if (response.authenticatorData) said.authenticatorData = words(response.authenticatorData);
    if (response.signature) said.signature = words(response.signature);
    if (response.userHandle) said.userHandle = words(response.userHandle);
    return JSON.stringify({ id, rawId: words(rawId), type, response: said });
  };

  const part = form.querySelector("[data-passkey-part]");
  const button = form.querySelector("[data-passkey-go]");
  const fault = form.querySelector("[data-passkey-fault]");
  if (part) part.hidden = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    fault.hidden = true;
    try {
      const made = await navigator.credentials[form.dataset.passkey]({ publicKey: options });
      form.elements.answer.value = answerOf(made);
      form.submit();
    } catch {
      fault.textContent = form.dataset.fault;
      fault.hidden = false;
    }
  });
})();
