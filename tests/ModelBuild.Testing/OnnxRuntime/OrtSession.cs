using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>A model loaded by ONNX Runtime's CPU provider: Run for correctness, Bind for speed.</summary>
public sealed unsafe class OrtSession : IDisposable
{
    private readonly OrtApi _api = OrtApi.Instance;
    private nint _handle;

    /// <param name="modelPath">May refer to external data beside it.</param>
    /// <param name="options">Null: everything optimized, one thread.</param>
    public OrtSession(string modelPath, OrtSessionOptions? options = null)
    {
        fixed (byte* p = EncodedPath(modelPath))
        {
            void* text = p;
            _handle = Create(options, (o, session) => _api.CreateSession(_api.Environment, text, o, (nint*)session));
        }

        (Inputs, Outputs) = OrtSessionSignature.Read(_api, _handle);
    }

    public OrtSession(ReadOnlySpan<byte> model, OrtSessionOptions? options = null)
    {
        fixed (byte* p = model)
        {
            void* data = p;
            nuint length = (nuint)model.Length;
            _handle = Create(options, (o, session) => _api.CreateSessionFromArray(_api.Environment, data, length, o, (nint*)session));
        }

        (Inputs, Outputs) = OrtSessionSignature.Read(_api, _handle);
    }

    /// <summary>The version of the loaded library, such as 1.30.0.</summary>
    public static string Version => OrtApi.Instance.Version;

    public IReadOnlyList<OrtValueInfo> Inputs { get; }

    public IReadOnlyList<OrtValueInfo> Outputs { get; }

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(OrtSession));

    /// <summary>Runs on inputs in graph order; gives every output in graph order. The last inputs may be left out where the model has defaults.</summary>
    public IReadOnlyList<Tensor> Run(params Tensor[] inputs) => Run(inputs, [.. Outputs.Select(o => o.Name)]);

    /// <summary>Gives the named outputs alone, which must be tensors.</summary>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputNames) =>
        Run([.. inputs.Select(input => (Func<nint>)(() => OrtTensors.Create(_api, input)))], outputNames);

    /// <summary>Runs a model whose only input is a map.</summary>
    public IReadOnlyList<Tensor> RunOnMap(Tensor keys, Tensor values) => Run([() => OrtTensors.CreateMap(_api, keys, values)], [.. Outputs.Select(o => o.Name)]);

    /// <summary>Runs an operator that insists on changing some of its inputs: each output of a pair is the input that stands with it.</summary>
    public IReadOnlyList<Tensor> RunInPlace(IReadOnlyList<Tensor> inputs, IReadOnlyList<(int Output, int Input)> pairs) =>
        Run([.. inputs.Select(input => (Func<nint>)(() => OrtTensors.Create(_api, input)))], [.. Outputs.Select(o => o.Name)], pairs);

    private IReadOnlyList<Tensor> Run(IReadOnlyList<Func<nint>> inputs, IReadOnlyList<string> outputNames, IReadOnlyList<(int Output, int Input)>? pairs = null)
    {
        nint[] inputNames = new nint[inputs.Count];
        nint[] inputValues = new nint[inputs.Count];
        nint[] outputNamePointers = new nint[outputNames.Count];
        nint[] outputValues = new nint[outputNames.Count];
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                inputNames[i] = Marshal.StringToCoTaskMemUTF8(Inputs[i].Name);
                inputValues[i] = inputs[i]();
            }

            for (int i = 0; i < outputNames.Count; i++)
            {
                outputNamePointers[i] = Marshal.StringToCoTaskMemUTF8(outputNames[i]);
            }

            foreach ((int output, int input) in pairs ?? [])
            {
                outputValues[output] = inputValues[input];
            }

            fixed (nint* inNames = inputNames, ins = inputValues, outNames = outputNamePointers, outs = outputValues)
            {
                _api.Check(_api.Run(Handle, 0, inNames, ins, (nuint)inputs.Count, outNames, (nuint)outputNames.Count, outs));
            }

            return [.. outputValues.Select((v, i) => OrtTensors.Read(_api, v, outputNames[i]))];
        }
        finally
        {
            foreach ((int output, _) in pairs ?? [])
            {
                outputValues[output] = 0; // The input is released.
            }

            ReleaseAll(inputValues, _api.ReleaseValue);
            ReleaseAll(outputValues, _api.ReleaseValue);
            Array.ForEach([.. inputNames, .. outputNamePointers], Marshal.FreeCoTaskMem);
        }
    }

    /// <summary>Fixes buffers for inputs of these shapes and their outputs, so that a run neither copies nor allocates.</summary>
    public OrtBinding Bind(params Tensor[] inputs) => Bind(inputs, [.. Outputs.Select(o => o.Name)]);

    /// <summary>Fixes buffers for the named outputs alone, which must be tensors; the others are computed, too.</summary>
    public OrtBinding Bind(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputNames)
    {
        // Shapes that the model leaves open are learnt from a run.
        IReadOnlyList<Tensor> outputs = Run(inputs, outputNames);
        return new OrtBinding(_api, this, inputs, outputs, outputNames);
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            _api.ReleaseSession(_handle);
            _handle = 0;
        }
    }

    // The C API takes paths in the system's encoding: UTF-16 on Windows, UTF-8 elsewhere.
    private static byte[] EncodedPath(string path) => OperatingSystem.IsWindows() ? System.Text.Encoding.Unicode.GetBytes(path + "\0") : OrtApi.Utf8(path);

    private nint Create(OrtSessionOptions? options, Func<nint, nint, nint> create)
    {
        options ??= new OrtSessionOptions();
        nint native = 0;
        _api.Check(_api.CreateSessionOptions(&native));
        try
        {
            _api.Check(_api.SetGraphOptimizationLevel(native, (int)options.Optimization));
            _api.Check(_api.SetIntraOpThreads(native, options.Threads));
            _api.Check(_api.SetInterOpThreads(native, 1));
            if (!options.MaySaturate)
            {
                fixed (byte* key = "session.x64quantprecision\0"u8, value = "1\0"u8)
                {
                    _api.Check(_api.AddSessionConfigEntry(native, key, value));
                }
            }

            if (options.SaveTo is { } path)
            {
                fixed (byte* p = EncodedPath(path))
                {
                    _api.Check(_api.SetOptimizedModelPath(native, p));
                }
            }

            nint session = 0;
            _api.Check(create(native, (nint)(&session)));
            return session;
        }
        finally
        {
            _api.ReleaseSessionOptions(native);
        }
    }

    private static void ReleaseAll(nint[] handles, delegate* unmanaged<nint, void> release)
    {
        foreach (nint handle in handles)
        {
            if (handle != 0)
            {
                release(handle);
            }
        }
    }
}
