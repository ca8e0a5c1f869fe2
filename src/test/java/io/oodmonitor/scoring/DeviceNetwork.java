package io.oodmonitor.scoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network as on a GPU whose memory ends or that is lost, in ONNX Runtime's words. */
public final class DeviceNetwork extends ForwardingNetwork {

    /** As users of the CUDA provider report it, in the form that the Java API gives it. */
    static final String NO_MEMORY = "Error code - ORT_RUNTIME_EXCEPTION - message: Non-zero status code returned while "
            + "running Conv node. Name:'/features/conv0/Conv' Status Message: /onnxruntime_src/onnxruntime/core/"
            + "framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, "
            + "onnxruntime::Stream*, bool, onnxruntime::WaitNotificationFn) Failed to allocate memory for requested "
            + "buffer of size 939524096";

    static final String LOST = "Error code - ORT_FAIL - message: CUDA failure 700: an illegal memory access was "
            + "encountered ; GPU=0 ; hostname=gate ; file=/onnxruntime_src/onnxruntime/core/providers/cuda/"
            + "gpu_data_transfer.cc ; line=63 ; expr=cudaMemcpyAsync(dst_data, src_data, bytes, kind, stream); ";

    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<Integer> refused = new CopyOnWriteArrayList<>();
    private volatile int memory;
    private volatile boolean lost;
    private volatile boolean closed;

    private DeviceNetwork(Network network, int memory) {
        super(network);
        this.memory = memory;
    }

    /** Runs so many images at once; its score is an image's first byte. */
    public static DeviceNetwork withMemoryFor(int images) {
        return new DeviceNetwork(PixelNetwork.sound(), images);
    }

    /** Runs what another network does, until it is lost. */
    public static DeviceNetwork running(Network network) {
        return new DeviceNetwork(network, Integer.MAX_VALUE);
    }

    /** From now on there is memory for fewer, or for none. */
    public void shrink(int images) {
        memory = images;
    }

    /** From now on every run fails. */
    public void lose() {
        lost = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Sizes of the runs that succeeded. */
    List<Integer> sizes() {
        return sizes;
    }

    /** Sizes of the runs that there was no memory for. */
    List<Integer> refused() {
        return refused;
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        if (lost) {
            throw new NetworkException(LOST, null);
        }
        if (to - from > memory) {
            refused.add(to - from);
            throw new NetworkException(NO_MEMORY, null);
        }
        super.run(batch, from, to);
        sizes.add(to - from);
    }

    @Override
    public void close() {
        closed = true;
    }
}
