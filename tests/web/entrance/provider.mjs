// A real OpenID provider (npm oidc-provider) for the tests: signs its tokens and its details (ES256), lets one person in.
import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import { Provider } from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "ensemblier",
      client_secret: "un-secret-pour-les-essais",
      redirect_uris: [callback],
      post_logout_redirect_uris: [callback.replace(/retour\/$/, "au-revoir/")],
      id_token_signed_response_alg: "ES256",
      userinfo_signed_response_alg: "ES256",
    },
  ],
  jwks: { keys: [{ ...key, alg: "ES256", use: "sig", kid: "ec-1" }] },
  cookies: { keys: ["essais"] },
  acrValues: ["eidas1"],
  claims: { openid: ["sub"], email: ["email"], acr: null, amr: null },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    claimsParameter: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  pkce: { required: () => true },
  ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: "bruno@exemple.fr" }) }),
});

const answer = provider.callback();
http
  .createServer(async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    const grant = new provider.Grant({ accountId: "bruno-chez-lui", clientId: "ensemblier" });
    grant.addOIDCScope("openid email");
    await provider.interactionFinished(request, response, {
      login: { accountId: "bruno-chez-lui", acr: "eidas1", amr: ["pwd", "mfa"], remember: false },
      consent: { grantId: await grant.save() },
    });
  })
  .listen(Number(port), "127.0.0.1", () => console.log("ready"));
