// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Select, Switch, TagsInput, TextInput, Textarea } from "@mantine/core";
import { useSession } from "../../api/session";
import type { WholePerson } from "../../api/nouns";
import { LinkRows } from "./LinkRows";
import css from "./People.module.css";
import { Portrait } from "./Portrait";
import { RoleRows } from "./RoleRows";
import { kinds } from "./columns";
import type { Changing } from "./usePerson";

/** Everything that is known of a person, to be changed and saved at once. */
export function PersonForm({ stored, changing, disabled }: { stored: WholePerson; changing: Changing; disabled: boolean }) {
	const { values: v, change, dirty, save, saving, undo, problem } = changing;
	const { url } = useSession().magazine;
	return (
		<form
			className={css.form}
			onSubmit={(e) => {
				e.preventDefault();
				save();
			}}
		>
			<TextInput label="Name" disabled={disabled} value={v.name} onChange={(e) => change({ name: e.currentTarget.value })} />
			<TextInput
				label="Sort name"
				description="By which lists are ordered. Empty: the name."
				placeholder="Hartog, Leila"
				disabled={disabled}
				value={v.sortName}
				onChange={(e) => change({ sortName: e.currentTarget.value })}
			/>
			<TagsInput
				label="Other spellings"
				description="Under which the person appears or is looked for. Enter after each."
				splitChars={[";"]}
				acceptValueOnBlur
				disabled={disabled}
				value={v.variants}
				onChange={(variants) => change({ variants })}
			/>
			<Select label="Kind" allowDeselect={false} disabled={disabled} data={kinds} value={v.kind} onChange={(kind) => kind && change({ kind: kind as WholePerson["kind"] })} />
			<Switch label="Writes for the magazine" description="May have bylines." disabled={disabled} checked={v.author} onChange={(e) => change({ author: e.currentTarget.checked })} />
			<Textarea
				label="Biography"
				description="Stands on the page and below stories."
				autosize
				minRows={3}
				disabled={disabled}
				value={v.bio}
				onChange={(e) => change({ bio: e.currentTarget.value })}
			/>
			<Portrait portrait={v.portrait} disabled={disabled} onChange={(portrait) => change({ portrait })} />
			<RoleRows roles={v.roles} disabled={disabled} onChange={(roles) => change({ roles })} />
			<LinkRows links={v.links} disabled={disabled} onChange={(links) => change({ links })} />
			<div className={css.part}>
				<h3>Address</h3>
				<TextInput
					w="100%"
					label="Slug"
					description={`${url}/person/${v.slug || "…"}`}
					inputWrapperOrder={["label", "input", "description", "error"]}
					disabled={disabled}
					value={v.slug}
					onChange={(e) => change({ slug: e.currentTarget.value })}
				/>
				<p>{v.slug === stored.slug ? "When it changes, the present address goes on leading here." : `${stored.path} will go on leading here.`}</p>
				{stored.formerAt.length > 0 && <p>Also leading here: {stored.formerAt.join(", ")}</p>}
			</div>
			{(dirty || problem) && (
				<div className={css.save}>
					{problem && <span role="alert">{problem}</span>}
					<Button.Group>
						<Button type="submit" variant="filled" loading={saving}>
							Save
						</Button>
						<Button onClick={undo}>Undo</Button>
					</Button.Group>
				</div>
			)}
		</form>
	);
}
