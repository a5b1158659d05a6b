// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, FileButton, Group, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RedirectImport } from "../../api/nouns";
import { messageOf } from "../../api/problem";
import { importRedirects } from "../../api/settings";
import css from "./Addresses.module.css";

/** Brings a list of redirects, and tells what became of each line. */
export function ImportRedirects({ onClose }: { onClose: () => void }) {
	const [csv, setCSV] = useState("");
	const queries = useQueryClient();
	const bring = useMutation({
		mutationFn: importRedirects,
		onSuccess: () => queries.invalidateQueries({ queryKey: ["addresses"] }),
	});
	return (
		<Modal opened onClose={onClose} title="Import redirects" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
			{bring.data ? (
				<Report report={bring.data} onClose={onClose} />
			) : (
				<div className={css.form}>
					<Textarea
						label="The list"
						description="One line each: the old address, a comma, where it leads. From a spreadsheet, save as CSV."
						placeholder={"/2019/05/old-name,/europe/new-name\n/shop,https://shop.example"}
						autosize
						minRows={6}
						maxRows={16}
						value={csv}
						onChange={(e) => setCSV(e.currentTarget.value)}
						classNames={{ input: css.csv }}
					/>
					{bring.isError && (
						<p role="alert" className={css.problem}>
							{messageOf(bring.error)}
						</p>
					)}
					<Group justify="flex-end">
						<FileButton inputProps={{ "aria-label": "A file of redirects" }} accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(setCSV)}>
							{(props) => <Button {...props}>Choose a file</Button>}
						</FileButton>
						<Button variant="filled" disabled={!csv.trim()} loading={bring.isPending} onClick={() => bring.mutate(csv)}>
							Import
						</Button>
					</Group>
				</div>
			)}
		</Modal>
	);
}

function Report({ report: r, onClose }: { report: RedirectImport; onClose: () => void }) {
	return (
		<div className={css.form}>
			<p role="status" className={css.summary}>
				{counted(r.added)} added{r.known > 0 && `, ${counted(r.known)} known already`}
				{r.refused.length > 0 && `, ${counted(r.refused.length)} refused`}.
			</p>
			{r.refused.length > 0 && (
				// What scrolls must be reached by keyboard.
				// oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
				<div className={css.refused} tabIndex={0} role="region" aria-label="Refused lines">
					<table>
						<thead>
							<tr>
								<th scope="col">Line</th>
								<th scope="col">From</th>
								<th scope="col">Why not</th>
							</tr>
						</thead>
						<tbody>
							{r.refused.map((line) => (
								<tr key={line.line}>
									<td>{line.line}</td>
									<td>{line.from}</td>
									<td>{line.why}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
			<Group justify="flex-end">
				<Button variant="filled" onClick={onClose} data-autofocus>
					Done
				</Button>
			</Group>
		</div>
	);
}

const counted = (n: number) => (n === 1 ? "1 redirect" : `${n} redirects`);
