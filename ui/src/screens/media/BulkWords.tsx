// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeAssets } from "../../api/assets";
import type { AssetChange, AssetRow } from "../../api/nouns";
import { useSession } from "../../api/session";
import { toast, toastProblem } from "../../parts/toast";
import { endOfDay } from "./endOfDay";

interface Props {
	rows: AssetRow[];
	onClose: () => void;
	onDone: () => void;
}

/** One credit, licence and end of rights for a whole shoot. What is left empty stays as it is. */
export function BulkWords({ rows, onClose, onDone }: Props) {
	const form = useForm({ initialValues: { credit: "", creator: "", licence: "", republish: "", lastDay: "" } });
	const { timeZone } = useSession().magazine;
	const queries = useQueryClient();
	const save = useMutation({
		mutationFn: (set: AssetChange) => changeAssets(rows.map((r) => r.id), set),
		onSuccess: () => {
			void queries.invalidateQueries({ queryKey: ["assets"] });
			toast(`${rows.length} changed`);
			onClose();
			onDone();
		},
		onError: toastProblem,
	});
	const set = (v: typeof form.values): AssetChange => ({
		...(v.credit && { credit: v.credit }),
		...(v.creator && { creator: v.creator }),
		...(v.licence && { licence: v.licence }),
		...(v.republish && { mayBeRepublished: v.republish === "yes" }),
		...(v.lastDay && { rightsEnd: endOfDay(v.lastDay, timeZone) }),
	});
	const choices = [
		{ value: "yes", label: "May be republished" },
		{ value: "no", label: "May not be republished" },
	];
	return (
		<Modal opened onClose={onClose} title={`Credit, licence and rights of ${rows.length}`} closeButtonProps={{ "aria-label": "Close" }}>
			<form onSubmit={form.onSubmit((v) => save.mutate(set(v)))}>
				<Stack gap="md">
					<TextInput label="Credit" description="As it stands below the picture. What is left empty here stays as it is." data-autofocus {...form.getInputProps("credit")} />
					<TextInput label="Made by" {...form.getInputProps("creator")} />
					<TextInput label="Licence" {...form.getInputProps("licence")} />
					<Select label="Partners" placeholder="As it is" data={choices} clearable {...form.getInputProps("republish")} />
					<TextInput type="date" label="Last day on which it may be shown" {...form.getInputProps("lastDay")} />
				</Stack>
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={save.isPending} disabled={!form.isDirty()}>
						Change {rows.length}
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
