// Signatures by others, and ours verified by others. How to run it: README.md beside this file.
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const bodies = [
  '{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{"id":"1f81eb52-5198-4599-803e-771906343485"}}',
  '{"type":"a","timestamp":"2026-11-22T10:15:30Z","data":{"name":"B\u00fcro \u20ac \u{1F600} \\"7\\"","amount":1.10}}',
  "",
];
const id = "87f015dd-f4c8-889f-a16d-6b064c01a2a8";
const timestamp = 1674087231;

function bytes(length, seed) {
  return Buffer.from(Array.from({ length }, (_, i) => (i * 37 + seed) % 256));
}

// An Ed25519 key of these 32 bytes, in PKCS #8 (RFC 8410).
function privateKey(seed) {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function rawPublicKey(key) {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
}

function make() {
  const symmetric = [24, 32, 64].flatMap((length) =>
    bodies.map((body) => {
      const secret = "whsec_" + bytes(length, length).toString("base64");
      const signature = new Webhook(secret).sign(id, new Date(timestamp * 1000), body);
      return { secret, id, timestamp, body, signature };
    }),
  );
  const asymmetric = bodies.flatMap((body) => {
    const seed = bytes(32, 5);
    const key = privateKey(seed);
    const content = Buffer.from(`${id}.${timestamp}.${body}`);
    const signature = "v1a," + sign(null, content, key).toString("base64");
    return [seed, Buffer.concat([seed, rawPublicKey(key)])].map((secret) => ({
      secret: "whsk_" + secret.toString("base64"),
      id,
      timestamp,
      body,
      signature,
    }));
  });
  return [...symmetric, ...asymmetric];
}

function check(ours) {
  Date.now = () => ours.timestamp * 1000; // the package refuses what is older than five minutes
  const headers = {
    "webhook-id": ours.id,
    "webhook-timestamp": String(ours.timestamp),
    "webhook-signature": ours.signature,
  };
  for (const secret of ours.secrets) {
    if (secret.startsWith("whsec_")) {
      new Webhook(secret).verify(ours.body, headers);
      let refused = false;
      try {
        new Webhook(secret).verify(ours.body + " ", headers);
      } catch {
        refused = true;
      }
      if (!refused) throw new Error("a changed body was verified");
    } else {
      const key = createPublicKey(privateKey(Buffer.from(secret.slice(5), "base64").subarray(0, 32)));
      const content = Buffer.from(`${ours.id}.${ours.timestamp}.${ours.body}`);
      const matches = ours.signature
        .split(" ")
        .filter((each) => each.startsWith("v1a,"))
        .some((each) => verify(null, content, key, Buffer.from(each.slice(4), "base64")));
      if (!matches) throw new Error("no signature of the private key");
    }
    console.log(`verified: ${secret.slice(0, 9)}..., ${Buffer.byteLength(ours.body)} bytes`);
  }
}

if (process.argv[2] === "make") {
  console.log(JSON.stringify(make(), null, 1));
} else {
  JSON.parse(readFileSync(process.argv[2], "utf8")).forEach(check);
}
