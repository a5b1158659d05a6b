// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { topicsQuery } from "../api/taxonomy";
import { PickMany, type PickManyProps } from "./PickMany";

export function TopicPicker(props: PickManyProps) {
	return <PickMany {...props} search={topicsQuery} />;
}
