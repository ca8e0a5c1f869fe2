package io.oodmonitor.scoring;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoraAdapter;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.onnx.MaskedWeightAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The runs that score with one mask, and the native memory behind it. Thread-safe.
 *
 * <p>INVARIANT: the memory is freed once, when the maker and every run that entered have left; nobody enters after.
 */
final class MaskedRuns {

    private final int version;
    private final OrtLoraAdapter adapter;
    private final OrtSession.RunOptions options;
    /** The maker is one of them. */
    private final AtomicInteger users = new AtomicInteger(1);

    private MaskedRuns(int version, OrtLoraAdapter adapter, OrtSession.RunOptions options) {
        this.version = version;
        this.adapter = adapter;
        this.options = options;
    }

    /** Of the mask in the graph: nothing is replaced. */
    static MaskedRuns asStored() {
        return new MaskedRuns(Mask.FITTED, null, null);
    }

    /** @throws EngineException if ONNX Runtime refuses the mask */
    static MaskedRuns of(Mask mask) {
        if (mask.version() == Mask.FITTED) {
            return asStored();
        }
        OrtSession.RunOptions options = null;
        try {
            options = new OrtSession.RunOptions();
            OrtLoraAdapter adapter = OrtLoraAdapter.create(MaskedWeightAdapter.encode(mask.head()));
            options.addActiveLoraAdapter(adapter);
            return new MaskedRuns(mask.version(), adapter, options);
        } catch (OrtException e) {
            if (options != null) {
                options.close();
            }
            throw new EngineException("ONNX Runtime does not take mask " + mask.version() + ": " + e.getMessage(), e);
        }
    }

    int version() {
        return version;
    }

    /** Null to run with the graph as it is stored. */
    OrtSession.RunOptions options() {
        return options;
    }

    /** False if it was retired; otherwise followed by one {@link #leave}. */
    boolean enter() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void leave() {
        if (users.decrementAndGet() == 0 && options != null) {
            options.close();
            adapter.close();
        }
    }
}
