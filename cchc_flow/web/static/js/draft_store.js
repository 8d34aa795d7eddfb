// Where drafts lie: in this browser (IndexedDB), the words apart from the files, which are not written at each key.
// A draft belongs to an owner, "workspace/person". When the owner signs out all of hers are removed, and pages that
// were drawn before keep none any more: `ended` says since when. What is older than seven days goes.

const LIFE = 7 * 24 * 60 * 60 * 1000;
const STORES = ["words", "files"];
let opening = null;

function open() {
  opening ??= new Promise((done, fail) => {
    const asked = indexedDB.open("drafts", 1);
    asked.onupgradeneeded = () => {
      for (const name of STORES) asked.result.createObjectStore(name, { keyPath: "key" }).createIndex("owner", "owner");
      asked.result.createObjectStore("ended", { keyPath: "owner" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opening;
}

const answer = (asked) => new Promise((done, fail) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

const whole = (transaction) => new Promise((done, fail) => {
  transaction.oncomplete = done;
  transaction.onerror = transaction.onabort = () => fail(transaction.error);
});

// Write the words or the files of a draft, unless its owner has signed out since this page was drawn.
export async function save(store, draft) {
  const transaction = (await open()).transaction([store, "ended"], "readwrite");
  const ended = await answer(transaction.objectStore("ended").get(draft.owner));
  if (!ended || ended.at < performance.timeOrigin) transaction.objectStore(store).put(draft);
  await whole(transaction);
}

// The draft of a key, {words, files}; null where there is none, or where the browser keeps nothing.
export async function load(key) {
  try {
    const transaction = (await open()).transaction(STORES);
    const [words, files] = await Promise.all(STORES.map((name) => answer(transaction.objectStore(name).get(key))));
    return words && Date.now() - words.at < LIFE ? { words, files } : null;
  } catch {
    return null;
  }
}

export async function remove(key, stores = STORES) {
  const transaction = (await open()).transaction(stores, "readwrite");
  for (const name of stores) transaction.objectStore(name).delete(key);
  await whole(transaction);
}

// Remove the drafts of forms about something, of which it is in the key.
export async function removeAbout(words) {
  const transaction = (await open()).transaction(STORES, "readwrite");
  for (const name of STORES) {
    const store = transaction.objectStore(name);
    for (const key of await answer(store.getAllKeys())) if (key.includes(words)) store.delete(key);
  }
  await whole(transaction);
}

// Remove the drafts of forms below an address that were written before a moment: a form begins with what was there,
// and some of it was erased since.
export async function removeOlder(address, moment) {
  const transaction = (await open()).transaction(STORES, "readwrite");
  for (const name of STORES) {
    const store = transaction.objectStore(name);
    for (const draft of await answer(store.getAll())) if (draft.key.includes(address) && draft.at < moment) store.delete(draft.key);
  }
  await whole(transaction);
}

// Remove all that an owner has, and keep her other tabs from writing it again.
export async function end(owner) {
  const transaction = (await open()).transaction([...STORES, "ended"], "readwrite");
  transaction.objectStore("ended").put({ owner, at: Date.now() });
  for (const name of STORES) {
    const store = transaction.objectStore(name);
    for (const key of await answer(store.index("owner").getAllKeys(owner))) store.delete(key);
  }
  await whole(transaction);
}

// She has signed in again: what her tabs hold is hers to keep.
export async function begin(owner) {
  const transaction = (await open()).transaction("ended", "readwrite");
  const ended = await answer(transaction.objectStore("ended").get(owner));
  if (ended && ended.at < performance.timeOrigin) transaction.objectStore("ended").delete(owner);
  await whole(transaction);
}

export async function sweep() {
  const transaction = (await open()).transaction([...STORES, "ended"], "readwrite");
  for (const name of [...STORES, "ended"]) {
    const store = transaction.objectStore(name);
    for (const draft of await answer(store.getAll())) {
      if (Date.now() - draft.at >= LIFE) store.delete(draft.key ?? draft.owner);
    }
  }
  await whole(transaction);
}
