using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>
/// ONNX Runtime's fastest way to run: inputs and outputs lie in buffers that are bound once (IoBinding), so
/// <see cref="Run"/> is the model and nothing else. Buffers are aligned to a cache line. Not for two threads at once.
/// </summary>
public sealed unsafe class OrtBinding : IDisposable
{
    private const nuint Alignment = 64;

    private readonly OrtApi _api;
    private readonly OrtSession _session;
    private readonly List<Buffer> _inputs = [];
    private readonly List<Buffer> _outputs = [];
    private nint _handle;

    internal OrtBinding(OrtApi api, OrtSession session, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs, IReadOnlyList<string> outputNames)
    {
        _api = api;
        _session = session;
        nint handle = 0;
        api.Check(api.CreateBinding(session.Handle, &handle));
        _handle = handle;
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                _inputs.Add(Bind(inputs[i], session.Inputs[i].Name, api.BindInput));
            }

            for (int i = 0; i < outputs.Count; i++)
            {
                _outputs.Add(Bind(outputs[i], outputNames[i], api.BindOutput));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads the input buffers, writes the output buffers, allocates nothing on the managed heap.</summary>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        _api.Check(_api.RunWithBinding(_session.Handle, 0, _handle));
    }

    /// <summary>The buffer of an input, to write the next sample into.</summary>
    public Span<T> Input<T>(int index)
        where T : unmanaged => _inputs[index].Values<T>();

    /// <summary>The buffer of an output, overwritten by each run.</summary>
    public ReadOnlySpan<T> Output<T>(int index)
        where T : unmanaged => _outputs[index].Values<T>();

    public void Dispose()
    {
        if (_handle != 0)
        {
            _api.ReleaseBinding(_handle);
            _handle = 0;
        }

        foreach (Buffer buffer in _inputs.Concat(_outputs))
        {
            _api.ReleaseValue(buffer.Value);
            NativeMemory.AlignedFree(buffer.Data);
        }

        _inputs.Clear();
        _outputs.Clear();
    }

    private Buffer Bind(Tensor tensor, string name, delegate* unmanaged<nint, byte*, nint, nint> bind)
    {
        if (tensor.Type == TensorType.String)
        {
            // Texts lie in memory of ONNX Runtime's own.
            return Bind(new Buffer(tensor.Type, OrtTensors.Create(_api, tensor), null, 0), name, bind);
        }

        int length = tensor.Bytes.Length;
        void* data = NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1), Alignment);
        tensor.Bytes.CopyTo(new Span<byte>(data, length));
        nint value = 0;
        long[] shape = [.. tensor.Shape];
        fixed (long* dimensions = shape)
        {
            _api.Check(_api.CreateTensorOverData(_api.CpuMemory, data, (nuint)length, dimensions, (nuint)shape.Length, (int)tensor.Type, &value));
        }

        return Bind(new Buffer(tensor.Type, value, data, length), name, bind);
    }

    private Buffer Bind(Buffer buffer, string name, delegate* unmanaged<nint, byte*, nint, nint> bind)
    {
        fixed (byte* text = OrtApi.Utf8(name))
        {
            _api.Check(bind(_handle, text, buffer.Value));
        }

        return buffer;
    }

    private sealed class Buffer(TensorType type, nint value, void* data, int length)
    {
        public nint Value { get; } = value;

        public void* Data { get; } = data;

        public Span<T> Values<T>()
            where T : unmanaged => Tensor.TypeOf<T>() == type
                ? MemoryMarshal.Cast<byte, T>(new Span<byte>(Data, length))
                : throw new InvalidOperationException($"The buffer holds {type}, not {typeof(T).Name}.");
    }
}
