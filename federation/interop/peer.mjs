// A loopback ActivityPub peer made with Fedify, for tests. Its keys are thrown away
// and its memory is its store; it is no model for our own checks. Written for this
// project, under its licence (Apache-2.0); Fedify keeps its own (MIT).
//
// Usage: PORT=8901 node peer.mjs. It ends when its standard input does. README.md
// names the other variables.
//
// What a test may ask of it, in plain JSON:
//   GET  /_seen               what an inbox took so far, as Fedify writes it again
//   GET  /_posts              what was posted to an inbox so far, and the answer it got
//   POST /_send {inbox, id}   send a signed Create of a Note to that inbox
//   POST /_follow {inbox, id} send a signed Follow
import {
  createFederation, MemoryKvStore, InProcessMessageQueue, generateCryptoKeyPair,
} from "@fedify/fedify";
import { Accept, Announce, Create, Delete, Endpoints, Follow, Note, Offer, Organization, Reject, Undo, Update } from "@fedify/fedify/vocab";
import { serve } from "@hono/node-server";

const port = Number(process.env.PORT ?? 8901);
const origin = process.env.ORIGIN ?? `http://127.0.0.1:${port}`;
const quiet = process.env.QUIET === "1";
const useQueue = process.env.QUEUE === "1";
const seen = [];
let count = 0;

const federation = createFederation({
  kv: new MemoryKvStore(),
  ...(useQueue ? { queue: new InProcessMessageQueue() } : {}),
  origin,
  allowPrivateAddress: true, // loopback peers: never set this in production
  skipSignatureVerification: process.env.SKIPSIG === "1",
  firstKnock: process.env.FIRST_KNOCK ?? undefined, // "rfc9421" | "draft-cavage-http-signatures-12"
});

const keys = new Map();
federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => {
    if (identifier !== "coop") return null;
    const pairs = await ctx.getActorKeyPairs(identifier);
    return new Organization({
      id: ctx.getActorUri(identifier),
      preferredUsername: identifier,
      name: "Interop co-op",
      inbox: ctx.getInboxUri(identifier),
      outbox: ctx.getOutboxUri(identifier),
      followers: ctx.getFollowersUri(identifier),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey,
      assertionMethods: pairs.map((p) => p.multikey),
    });
  })
  .setKeyPairsDispatcher(async (_ctx, identifier) => {
    if (!keys.has(identifier)) {
      keys.set(identifier, [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")]);
    }
    return keys.get(identifier);
  });
federation.setFollowersDispatcher("/users/{identifier}/followers", async () => ({ items: [] }));
federation.setOutboxDispatcher("/users/{identifier}/outbox", async () => ({ items: [] }));
federation.setNodeInfoDispatcher("/nodeinfo/2.1", async () => ({
  software: { name: "interop-fedify-peer", version: { major: 0, minor: 1, patch: 0 } },
  protocols: ["activitypub"],
  usage: { users: { total: 1 }, localPosts: 0, localComments: 0 },
}));

const listeners = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
for (const type of [Create, Update, Delete, Follow, Accept, Reject, Undo, Announce, Offer]) {
  listeners.on(type, async (_ctx, activity) => {
    count++;
    if (!quiet) seen.push(await activity.toJsonLd({ format: "compact" }).catch((e) => ({ error: String(e) })));
  });
}

// received answers a request, and keeps what was posted to an inbox.
const posts = [];
async function received(request) {
  if (quiet || request.method !== "POST" || !request.url.endsWith("/inbox")) return federation.fetch(request, { contextData: undefined });
  const body = await request.clone().text();
  const response = await federation.fetch(request, { contextData: undefined });
  posts.push({ status: response.status, body });
  return response;
}

async function control(request) {
  const url = new URL(request.url);
  if (url.pathname === "/_posts") return Response.json(posts);
  if (url.pathname === "/_seen") return Response.json({ count, seen });
  if (url.pathname === "/_send" || url.pathname === "/_follow") {
    const { inbox, id } = await request.json();
    const ctx = federation.createContext(new URL(origin), undefined);
    const to = { id: new URL(id), inboxId: new URL(inbox) };
    const actor = ctx.getActorUri("coop");
    const uid = crypto.randomUUID();
    const activity = url.pathname === "/_follow"
      ? new Follow({ id: new URL(`${origin}/follows/${uid}`), actor, object: to.id })
      : new Create({ id: new URL(`${origin}/creates/${uid}`), actor, to: to.id,
          object: new Note({ id: new URL(`${origin}/notes/${uid}`), attribution: actor, content: "hello", to: to.id }) });
    try {
      await ctx.sendActivity({ identifier: "coop" }, to, activity, { immediate: true });
      return Response.json({ ok: true, id: activity.id.href });
    } catch (e) { return Response.json({ ok: false, error: String(e) }, { status: 502 }); }
  }
  return null;
}

process.stdin.on("end", () => process.exit()).resume(); // never outlive the test

serve({ port, hostname: "127.0.0.1", fetch: async (request) => (await control(request)) ?? received(request) },
  () => console.log(`fedify peer on ${origin} node ${process.version}`));
