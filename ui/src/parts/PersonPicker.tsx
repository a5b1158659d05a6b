// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { peopleQuery } from "../api/people";
import { PickOne, type PickerProps } from "./PickOne";

export function PersonPicker(props: PickerProps) {
	return <PickOne {...props} search={peopleQuery} />;
}
