package dev.chatelaine.mcp.runtime;

import dev.chatelaine.mcp.child.Child;
import dev.chatelaine.vault.VaultException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps a child supplied with the values in force until it, its session or this process ends. For one thread. */
final class Supervision {
    /** What a child is ended by that this process was told to end before there was one. */
    private static final int TERMINATED = 128 + 15;

    private final ChildPlan plan;
    private final Manner manner;
    private final News news;
    private final Consumer<String> notes;
    private SessionValues present;

    Supervision(ChildPlan plan, Manner manner, News news, Consumer<String> notes, SessionValues first) {
        this.plan = plan;
        this.manner = manner;
        this.news = news;
        this.notes = notes;
        this.present = first;
    }

    /**
     * Starts the child and looks after it to its end.
     *
     * @return its exit code; {@link SessionRuntime#SESSION_OVER} when it was ended because its session is over
     * @throws VaultException when the first child cannot be started
     */
    int run() throws InterruptedException {
        ChildPlan.Prepared prepared = plan.prepare(present);
        prepared.write();
        if (news.isTold()) {
            return TERMINATED;
        }
        Child child = started(prepared);
        while (true) {
            Child running = child;
            switch (news.await(running::isRunning)) {
                case ENDED -> {
                    return child.code();
                }
                case TOLD -> {
                    child.tell(manner.terminal());
                    return child.code();
                }
                case OVER -> {
                    notes.accept("the session is over: " + news.over() + ". The command is ended.");
                    child.stop(manner.grace());
                    return SessionRuntime.SESSION_OVER;
                }
                case VALUES -> child = updated(child);
            }
        }
    }

    private Child updated(Child child) throws InterruptedException {
        ChildPlan.Prepared prepared = takeNewest();
        if (prepared == null) {
            return child;
        }
        if (manner.onUpdate() == OnUpdate.RESTART) {
            return restarted(child, prepared);
        }
        if (manner.onUpdate() == OnUpdate.SIGNAL && !child.signal(manner.signal()) && child.isRunning()) {
            notes.accept("the signal " + manner.signal().name() + " could not be sent.");
        }
        return child;
    }

    /** What comes in while the old child ends is in the new one already. */
    private Child restarted(Child child, ChildPlan.Prepared prepared) throws InterruptedException {
        child.stop(manner.grace());
        ChildPlan.Prepared newer = takeNewest();
        if (news.isTold()) {
            return child;
        }
        return started(newer == null ? prepared : newer);
    }

    private Child started(ChildPlan.Prepared prepared) {
        Child child = prepared.start();
        child.whenEnded(news::wake);
        return child;
    }

    /** The newest values, where they differ from the present ones and can be used. */
    private ChildPlan.@Nullable Prepared takeNewest() {
        SessionValues newest = news.take();
        if (newest == null || newest.values().equals(present.values())) {
            return null;
        }
        try {
            ChildPlan.Prepared prepared = plan.prepare(newest);
            prepared.write();
            present = newest;
            return prepared;
        } catch (VaultException e) {
            notes.accept("revision " + newest.revision() + " could not be handed on: " + e.text());
            return null;
        }
    }
}
