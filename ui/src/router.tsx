// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Problem } from "./api/problem";
import { queries } from "./api/queries";
import { sessionQuery } from "./api/session";
import { ErrorState } from "./parts/ErrorState";
import { DeskLoading, ScreenLoading } from "./parts/Loading";
import { parseSearch, stringifySearch, validateSearch } from "./search";
import { Shell } from "./shell/Shell";

type Screen = () => Promise<{ default: ComponentType }>;

const root = createRootRoute({ validateSearch });

// Screens that stand before the desk: nobody is signed in yet.
function before<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });
}

const doors = [
	before("/signin", () => import("./screens/signin/SignIn")),
	before("/setup", () => import("./screens/setup/SetUp")),
	before("/invite", () => import("./screens/invite/Invite")),
	before("/reset", () => import("./screens/reset/Reset")),
] as const;

/** All that needs somebody signed in lies below the shell. */
const desk = createRoute({
	getParentRoute: () => root,
	id: "desk",
	component: Shell,
	pendingComponent: DeskLoading,
	async beforeLoad({ location }) {
		try {
			await queries.ensureQueryData(sessionQuery);
		} catch (error) {
			if (error instanceof Problem && error.status === 401) throw redirect({ to: "/signin", search: { back: location.href } });
			throw error;
		}
	},
});

const home = createRoute({
	getParentRoute: () => desk,
	path: "/",
	beforeLoad: () => {
		throw redirect({ to: "/stories" });
	},
});

// A screen is fetched when it is first opened, so the desk starts fast however
// many there are. A screen's file has one default export.
function screen<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => desk, path, component: lazyRouteComponent(load) });
}

const screens = [
	screen("/stories", () => import("./screens/stories/Stories")),
	screen("/articles/$id", () => import("./screens/editor/Editor")),
	screen("/calendar", () => import("./screens/calendar/Calendar")),
	screen("/fronts", () => import("./screens/fronts/Fronts")),
	screen("/media", () => import("./screens/media/Media")),
	screen("/people", () => import("./screens/people/People")),
	screen("/corrections", () => import("./screens/corrections/Corrections")),
	screen("/pages", () => import("./screens/pages/Pages")),
	screen("/staff", () => import("./screens/staff/Staff")),
	screen("/activity", () => import("./screens/activity/Activity")),
	screen("/account", () => import("./screens/account/Account")),
	// Within the shell, so that a wrong address does not lose the rail.
	screen("/$", () => import("./shell/NotFound")),
] as const;

const settings = createRoute({
	getParentRoute: () => desk,
	path: "/settings",
	component: lazyRouteComponent(() => import("./screens/settings/Settings")),
});

// A tab is fetched when it is opened, as a screen is.
function tab<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => settings, path, component: lazyRouteComponent(load) });
}

const tabs = [
	createRoute({
		getParentRoute: () => settings,
		path: "/",
		beforeLoad: () => {
			throw redirect({ to: "/settings/identity" });
		},
	}),
	tab("/identity", () => import("./screens/settings/Identity")),
	tab("/navigation", () => import("./screens/settings/Navigation")),
	tab("/look", () => import("./screens/settings/Look")),
	tab("/addresses", () => import("./screens/settings/Addresses")),
	tab("/publishing", () => import("./screens/settings/Publishing")),
	tab("/mail", () => import("./screens/settings/Mail")),
	tab("/assistant", () => import("./screens/settings/Assistant")),
	tab("/integrations", () => import("./screens/settings/Integrations")),
] as const;

const record = createRoute({
	getParentRoute: () => desk,
	path: "/record",
	component: lazyRouteComponent(() => import("./screens/record/Record")),
});

function view<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => record, path, component: lazyRouteComponent(load) });
}

const views = [
	createRoute({
		getParentRoute: () => record,
		path: "/",
		beforeLoad: () => {
			throw redirect({ to: "/record/queue" });
		},
	}),
	view("/queue", () => import("./screens/record/Queue")),
	view("/statements", () => import("./screens/record/Statements")),
	view("/pairs", () => import("./screens/record/SideBySide")),
] as const;

const taxonomy = createRoute({
	getParentRoute: () => desk,
	path: "/taxonomy",
	component: lazyRouteComponent(() => import("./screens/taxonomy/Taxonomy")),
});

function kind<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => taxonomy, path, component: lazyRouteComponent(load) });
}

const kinds = [
	createRoute({
		getParentRoute: () => taxonomy,
		path: "/",
		beforeLoad: () => {
			throw redirect({ to: "/taxonomy/sections" });
		},
	}),
	kind("/sections", () => import("./screens/taxonomy/Sections")),
	kind("/genres", () => import("./screens/taxonomy/Genres")),
	kind("/topics", () => import("./screens/taxonomy/Topics")),
] as const;

export const router = createRouter({
	routeTree: root.addChildren([...doors, desk.addChildren([home, settings.addChildren(tabs), taxonomy.addChildren(kinds), record.addChildren(views), ...screens])]),
	basepath: "/desk",
	parseSearch,
	stringifySearch,
	defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
	defaultPendingComponent: ScreenLoading,
	// The component itself waits before it says anything.
	defaultPendingMs: 0,
	defaultPendingMinMs: 0,
	defaultPreload: "intent",
	scrollRestoration: true,
});

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}
