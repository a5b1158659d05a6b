// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal, Switch } from "@mantine/core";
import { useEffect, useState } from "react";
import css from "./Shortcuts.module.css";
import { listen } from "./listen";
import { setSingleKeys, shortcuts, singleKeys } from "./registry";
import { useShortcut } from "./useShortcut";

/** Listens for the registered keys, and shows them all under "?". Stands once, in the shell. */
export function Shortcuts({ opened, onOpen, onClose }: { opened: boolean; onOpen: () => void; onClose: () => void }) {
	useEffect(listen, []);
	useShortcut({ keys: "?", words: "Keyboard shortcuts", run: onOpen });
	return (
		<Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" closeButtonProps={{ "aria-label": "Close" }}>
			<List />
		</Modal>
	);
}

function List() {
	// Registered in the order of effects, children first; one line for each meaning.
	const [all] = useState(() => [...new Map(shortcuts.get().map((s) => [s.keys + s.words, s])).values()]);
	const on = singleKeys.use();
	return (
		<>
			<dl className={css.list}>
				{all.map((s) => (
					<div key={s.keys + s.words}>
						<dt>
							<Keys keys={s.keys} />
						</dt>
						<dd>{s.words}</dd>
					</div>
				))}
			</dl>
			<Switch
				label="Keys without Ctrl or Cmd act"
				description="Switch them off if you dictate, or press keys by mistake."
				checked={on}
				onChange={(e) => setSingleKeys(e.currentTarget.checked)}
			/>
		</>
	);
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const named = (key: string) => (key.startsWith("mod+") ? (isMac ? "⌘ " : "Ctrl ") + key.slice(4).toUpperCase() : key);

/** Keys as people know them. */
export function Keys({ keys }: { keys: string }) {
	return keys.split(" ").map((key) => <kbd key={key}>{named(key)}</kbd>);
}
