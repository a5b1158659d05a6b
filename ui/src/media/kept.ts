// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** A file on its way, as the browser keeps it over a reload. */
export interface Kept {
	key: string;
	file: File;
	/** The upload at the server, once it has begun. */
	id?: string;
}

const name = "stet-uploads";

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		request.addEventListener("upgradeneeded", () => request.result.createObjectStore("files", { keyPath: "key" }));
		request.addEventListener("success", () => resolve(request.result));
		request.addEventListener("error", () => reject(request.error ?? new Error("the browser keeps nothing")));
	});
}

async function within<T>(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
	// A browser that keeps nothing (a private window) only cannot go on after a
	// reload; the upload itself needs none of this.
	try {
		const db = await open();
		return await new Promise<T>((resolve, reject) => {
			const request = act(db.transaction("files", mode).objectStore("files"));
			request.addEventListener("success", () => resolve(request.result));
			request.addEventListener("error", () => reject(request.error ?? new Error("the browser keeps nothing")));
		}).finally(() => db.close());
	} catch {
		return undefined;
	}
}

/** Files whose upload a reload or a closed laptop must not lose. */
export const kept = {
	put: (k: Kept) => within("readwrite", (files) => files.put(k)),
	drop: (key: string) => within("readwrite", (files) => files.delete(key)),
	all: async (): Promise<Kept[]> => (await within("readonly", (files) => files.getAll() as IDBRequest<Kept[]>)) ?? [],
};
