// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Editor } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { EditorState } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import { type Conflict, type WorkingCopy, getCopy } from "../../../api/copy";
import { value } from "../../../api/value";
import { newID } from "../../../prose/ids";
import { whole } from "../../../prose/whole";
import { bodyExtensions, withPlugin, workingExtensions } from "../body/extensions";
import { typingExtensions } from "../typing/extensions";
import { BodySync, type Clash, type SyncOptions } from "./BodySync";
import { FieldsSync } from "./FieldsSync";
import { type Kept, forget, keep, leftBehind, liveWindow } from "./keep";

/** One story open in one window: its editor, and what carries it to the server. */
export class Writing {
	readonly clashes = value<readonly Clash[]>([]);
	readonly conflicts = value<readonly Conflict[]>([]);
	readonly editor: Editor;
	readonly body: BodySync;
	readonly fields: FieldsSync;
	readonly status: WorkingCopy["status"];
	readonly kind: WorkingCopy["kind"];
	/** Whether the story is open to this account; it closes when somebody approves it. */
	readonly may = value(false);
	/** Readers see a version of the story. */
	readonly live: boolean;
	private readonly release: () => void;
	private keeping: number | undefined;
	private ended = false;

	constructor(
		readonly article: string,
		copy: WorkingCopy,
		readonly client: string,
		kept: Kept | undefined,
	) {
		this.release = liveWindow(client);
		this.status = copy.status;
		this.kind = copy.kind;
		this.may.set(copy.mayWrite);
		this.live = copy.kind === "story" && copy.status === "published";
		const options: Omit<SyncOptions, "schema"> = {
			article,
			client,
			confirmed: kept?.confirmed ?? 0,
			onKeep: () => this.keepSoon(),
			// A browser that keeps nothing must not keep us from saving.
			secure: () => this.keepNow().catch(() => undefined),
			onClash: (c) => this.clashes.set([...this.clashes.get(), c]),
		};
		// A client that was left behind goes on from its own base, and then takes
		// in what happened since: that is how its steps find their place again.
		const started: { version: number; doc: unknown } = kept ? { version: kept.version, doc: kept.base } : { version: copy.version, doc: copy.body };
		this.fields = new FieldsSync(article, copy.fields, kept, options.onKeep, options.secure, (c) => this.conflicts.set([...this.conflicts.get(), c]));
		let sync: BodySync | undefined;
		this.editor = new Editor({
			extensions: [...bodyExtensions, ...workingExtensions, ...typingExtensions, withPlugin("collab", () => (sync as BodySync).plugin(started.version))],
			injectCSS: false,
			editable: copy.mayWrite,
			onBeforeCreate: ({ editor }) => {
				sync = new BodySync({ ...options, schema: editor.schema });
			},
			onTransaction: ({ transaction }) => sync?.changed(transaction),
			editorProps: { attributes: { "aria-label": "Text of the story", role: "textbox", "aria-multiline": "true", spellcheck: "true" } },
		});
		this.body = sync as unknown as BodySync;
		this.body.attach(this.editor.view);
		this.load(started.doc, kept);
	}

	/** Puts the document in as it is: TipTap would tidy it, and the server's would be another one. */
	private load(doc: unknown, kept: Kept | undefined) {
		const { view, schema } = this.editor;
		view.updateState(EditorState.create({ doc: whole(Node.fromJSON(schema, doc)), plugins: view.state.plugins }));
		for (const json of kept?.steps ?? []) {
			const tr = view.state.tr;
			if (!tr.maybeStep(Step.fromJSON(schema, json)).failed) view.dispatch(tr);
		}
	}

	start() {
		this.body.start();
		this.fields.start();
		if (this.body.unsent().steps.length > 0) this.body.look();
	}

	/** Keeps what is not acknowledged: now, or with the next few keystrokes of the same moment. */
	private keepSoon() {
		if (this.keeping !== undefined || this.ended) return;
		this.keeping = window.setTimeout(() => {
			this.keeping = undefined;
			void this.keepNow();
		}, 0);
	}

	async keepNow(): Promise<void> {
		if (this.editor.isDestroyed) return;
		const { steps, version, base } = this.body.unsent();
		const fields = this.fields.unsent();
		if (steps.length === 0 && Object.keys(fields.set).length === 0) return forget(this.client);
		return keep({ client: this.client, article: this.article, version, base: base.toJSON(), confirmed: this.body.confirmed, steps, ...fields, at: Date.now() });
	}

	/** Opens or closes the story. What is not saved stays, and is tried again when it is open. */
	allow(may: boolean) {
		if (may === this.may.get() || this.ended) return;
		this.may.set(may);
		this.editor.setEditable(may);
		if (may) this.retry();
	}

	retry() {
		this.body.retry();
		this.fields.retry();
	}

	async end() {
		await this.keepNow();
		this.ended = true;
		this.body.stop();
		this.fields.stop();
		this.release();
		this.editor.destroy();
	}
}

/** Opens a story: what an earlier window of this browser left behind comes first. */
export async function openStory(article: string): Promise<{ writing: Writing; returned: boolean }> {
	const [copy, left] = await Promise.all([getCopy(article), leftBehind(article).catch(() => [])]);
	const kept = left[0];
	return { writing: new Writing(article, copy, kept?.client ?? `${newID()}${newID()}`, kept), returned: kept !== undefined };
}
