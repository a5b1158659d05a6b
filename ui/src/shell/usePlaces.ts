// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useMay } from "../api/session";
import { type Place, places } from "./places";

/** The places that the person at the desk may go to. */
export function usePlaces(): Place[] {
	const may = useMay();
	return places.filter((p) => !p.needs || may(p.needs));
}
