// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import "stet"

// Act names something that a role may or may not do. It completes the sentence
// "the role X may not ...".
type Act string

// The acts.
const (
	Write          Act = "write stories"
	Publish        Act = "publish stories"
	Withdraw       Act = "withdraw stories"
	KeepTaxonomy   Act = "change sections, genres and topics"
	KeepPeople     Act = "change people"
	KeepMedia      Act = "add pictures"
	ChangeSettings Act = "change the settings"
	KeepStaff      Act = "change accounts"
)

// may says which roles may do what. Owner may do everything.
var may = map[Act][]stet.StaffRole{
	Write:          {stet.Administrator, stet.Editor, stet.Writer, stet.Contributor},
	Publish:        {stet.Administrator, stet.Editor},
	Withdraw:       {stet.Administrator, stet.Editor},
	KeepTaxonomy:   {stet.Administrator, stet.Editor},
	KeepPeople:     {stet.Administrator, stet.Editor, stet.Writer},
	KeepMedia:      {stet.Administrator, stet.Editor, stet.Writer, stet.Contributor},
	ChangeSettings: {stet.Administrator},
	KeepStaff:      {stet.Administrator},
}

// Can reports whether the account may do the act. A disabled account may do
// nothing.
func Can(staff stet.Staff, a Act) bool {
	if staff.Disabled {
		return false
	}
	if staff.Role == stet.Owner {
		return true
	}
	for _, r := range may[a] {
		if r == staff.Role {
			return true
		}
	}
	return false
}
