// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { frontQuery, frontsQuery } from "../../api/fronts";
import type { FrontPlace } from "../../api/nouns";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilter } from "../../parts/useFilter";
import { Arranging } from "./Arranging";

/** The front page and the section fronts, arranged from blocks and previewed at three widths. */
export default function Fronts() {
	const [chosen, choose] = useFilter("place");
	const places = useQuery(frontsQuery);
	// Somebody who may arrange one section's front only begins there.
	const place = chosen || (places.data?.find((p) => p.may) ?? places.data?.[0])?.place;
	const front = useQuery({ ...frontQuery(place ?? "home"), enabled: Boolean(place) });
	const error = places.error ?? front.error;
	const picker = places.data && place && <PlacePicker places={places.data} value={place} onChange={choose} />;
	if (front.data && front.data.place === place && !error) return <Arranging key={place} loaded={front.data} picker={picker} />;
	return (
		<>
			<ScreenHeader title="Front pages">{picker}</ScreenHeader>
			{error ? <ErrorState error={error} retry={() => void front.refetch()} /> : <Loading />}
		</>
	);
}

function PlacePicker({ places, value, onChange }: { places: FrontPlace[]; value: string; onChange: (place: string | null) => void }) {
	const data = places.map((p) => ({
		value: p.place,
		label: `${"\u2003".repeat(p.place === "home" ? 0 : p.depth)}${p.name}${state(p)}`,
	}));
	return <Select aria-label="Which front" data={data} value={value} onChange={(v) => v && onChange(v)} allowDeselect={false} w="17rem" maxDropdownHeight={420} />;
}

function state(p: FrontPlace): string {
	if (p.draft) return " · draft";
	if (p.place !== "home" && p.live) return " · has a front";
	return "";
}
