using System;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>
/// The functions that we use of ONNX Runtime's C API. The library exports OrtGetApiBase; that gives a table of function pointers
/// whose order is part of the stable ABI (onnxruntime_c_api.h, struct OrtApi), so a function is its index. Every function that
/// can fail returns a status, which is null on success and is turned into an <see cref="OrtException"/> by <see cref="Check"/>.
/// </summary>
internal sealed unsafe class OrtApi
{
    // The oldest version of the table that has all functions below; a library serves every version up to its own.
    private const uint TableVersion = 14;

    private static readonly Lazy<OrtApi> Loaded = new(() => new OrtApi(OrtLibrary.Path ?? throw new OrtException(OrtLibrary.NotFound)));

    private readonly nint* _table;

    private OrtApi(string path)
    {
        nint library = NativeLibrary.Load(path);
        var getApiBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        nint* apiBase = getApiBase();
        Version = Text(((delegate* unmanaged<nint>)apiBase[1])());
        _table = ((delegate* unmanaged<uint, nint*>)apiBase[0])(TableVersion);
        if (_table == null)
        {
            throw new OrtException($"{path} is ONNX Runtime {Version}: 1.{TableVersion} or later is needed.");
        }

        nint environment = 0;
        const int LogErrorsOnly = 3;
        fixed (byte* name = "ModelBuild\0"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_table[3])(LogErrorsOnly, name, &environment));
        }

        Environment = environment;
        nint memory = 0;
        const int ArenaAllocator = 1;
        const int DefaultMemory = 0;
        Check(((delegate* unmanaged<int, int, nint*, nint>)_table[69])(ArenaAllocator, DefaultMemory, &memory));
        CpuMemory = memory;
        nint allocator = 0;
        Check(((delegate* unmanaged<nint*, nint>)_table[78])(&allocator));
        Allocator = allocator;
    }

    /// <summary>Loads the library on first use. It is never unloaded: its threads and its environment live as long as the process.</summary>
    public static OrtApi Instance => Loaded.Value;

    public string Version { get; }

    public nint Environment { get; }

    /// <summary>Describes ordinary memory, for tensors over buffers of ours.</summary>
    public nint CpuMemory { get; }

    public nint Allocator { get; }

    // (environment, path in the system's encoding, options, out session)
    public delegate* unmanaged<nint, void*, nint, nint*, nint> CreateSession => (delegate* unmanaged<nint, void*, nint, nint*, nint>)_table[7];

    // (environment, model, its length, options, out session)
    public delegate* unmanaged<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray => (delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)_table[8];

    // (session, run options or null, input names, inputs, their count, output names, their count, in and out outputs)
    public delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_table[9];

    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)_table[10];

    // (options, path in the system's encoding)
    public delegate* unmanaged<nint, void*, nint> SetOptimizedModelPath => (delegate* unmanaged<nint, void*, nint>)_table[11];

    public delegate* unmanaged<nint, int, nint> SetGraphOptimizationLevel => (delegate* unmanaged<nint, int, nint>)_table[23];

    public delegate* unmanaged<nint, int, nint> SetIntraOpThreads => (delegate* unmanaged<nint, int, nint>)_table[24];

    public delegate* unmanaged<nint, int, nint> SetInterOpThreads => (delegate* unmanaged<nint, int, nint>)_table[25];

    public delegate* unmanaged<nint, nuint*, nint> SessionInputCount => (delegate* unmanaged<nint, nuint*, nint>)_table[30];

    public delegate* unmanaged<nint, nuint*, nint> SessionOutputCount => (delegate* unmanaged<nint, nuint*, nint>)_table[31];

    // (session, index, out type info)
    public delegate* unmanaged<nint, nuint, nint*, nint> SessionInputType => (delegate* unmanaged<nint, nuint, nint*, nint>)_table[33];

    public delegate* unmanaged<nint, nuint, nint*, nint> SessionOutputType => (delegate* unmanaged<nint, nuint, nint*, nint>)_table[34];

    // (session, index, allocator, out name, to be freed by the allocator)
    public delegate* unmanaged<nint, nuint, nint, nint*, nint> SessionInputName => (delegate* unmanaged<nint, nuint, nint, nint*, nint>)_table[36];

    public delegate* unmanaged<nint, nuint, nint, nint*, nint> SessionOutputName => (delegate* unmanaged<nint, nuint, nint, nint*, nint>)_table[37];

    // (allocator, shape, rank, element type, out value)
    public delegate* unmanaged<nint, long*, nuint, int, nint*, nint> CreateTensor => (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)_table[48];

    // (memory info, data, its bytes, shape, rank, element type, out value); the value does not own the data
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorOverData =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_table[49];

    public delegate* unmanaged<nint, void**, nint> TensorData => (delegate* unmanaged<nint, void**, nint>)_table[51];

    // (value, zero-terminated strings, their count)
    public delegate* unmanaged<nint, nint*, nuint, nint> FillStrings => (delegate* unmanaged<nint, nint*, nuint, nint>)_table[52];

    // (value, out the bytes of all strings)
    public delegate* unmanaged<nint, nuint*, nint> StringsLength => (delegate* unmanaged<nint, nuint*, nint>)_table[53];

    // (value, text, its length, out start of each string, their count)
    public delegate* unmanaged<nint, byte*, nuint, nuint*, nuint, nint> StringsContent => (delegate* unmanaged<nint, byte*, nuint, nuint*, nuint, nint>)_table[54];

    // (type info, out tensor info that the type info owns, or null)
    public delegate* unmanaged<nint, nint*, nint> TypeAsTensor => (delegate* unmanaged<nint, nint*, nint>)_table[55];

    public delegate* unmanaged<nint, int*, nint> ElementType => (delegate* unmanaged<nint, int*, nint>)_table[60];

    public delegate* unmanaged<nint, nuint*, nint> Rank => (delegate* unmanaged<nint, nuint*, nint>)_table[61];

    // (tensor info, out dimensions with -1 for those not known, rank)
    public delegate* unmanaged<nint, long*, nuint, nint> Dimensions => (delegate* unmanaged<nint, long*, nuint, nint>)_table[62];

    // (tensor info, out names that the tensor info owns, rank)
    public delegate* unmanaged<nint, nint*, nuint, nint> SymbolicDimensions => (delegate* unmanaged<nint, nint*, nuint, nint>)_table[63];

    // (value, out tensor info)
    public delegate* unmanaged<nint, nint*, nint> TensorInfo => (delegate* unmanaged<nint, nint*, nint>)_table[65];

    // (value, out kind): 1 is a tensor
    public delegate* unmanaged<nint, int*, nint> ValueKind => (delegate* unmanaged<nint, int*, nint>)_table[67];

    public delegate* unmanaged<nint, nint, nint> Free => (delegate* unmanaged<nint, nint, nint>)_table[76];

    // (values, how many, kind of the whole, out value)
    public delegate* unmanaged<nint*, nuint, int, nint*, nint> CreateValue => (delegate* unmanaged<nint*, nuint, int, nint*, nint>)_table[82];

    public delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)_table[95];

    public delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)_table[96];

    public delegate* unmanaged<nint, void> ReleaseTypeInfo => (delegate* unmanaged<nint, void>)_table[98];

    public delegate* unmanaged<nint, void> ReleaseTensorInfo => (delegate* unmanaged<nint, void>)_table[99];

    public delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)_table[100];

    // (options, key, value)
    public delegate* unmanaged<nint, byte*, byte*, nint> AddSessionConfigEntry => (delegate* unmanaged<nint, byte*, byte*, nint>)_table[130];

    // (session, run options or null, binding)
    public delegate* unmanaged<nint, nint, nint, nint> RunWithBinding => (delegate* unmanaged<nint, nint, nint, nint>)_table[133];

    public delegate* unmanaged<nint, nint*, nint> CreateBinding => (delegate* unmanaged<nint, nint*, nint>)_table[134];

    public delegate* unmanaged<nint, void> ReleaseBinding => (delegate* unmanaged<nint, void>)_table[135];

    // (binding, name, value)
    public delegate* unmanaged<nint, byte*, nint, nint> BindInput => (delegate* unmanaged<nint, byte*, nint, nint>)_table[136];

    public delegate* unmanaged<nint, byte*, nint, nint> BindOutput => (delegate* unmanaged<nint, byte*, nint, nint>)_table[137];

    /// <summary>Throws what a status says, and releases it.</summary>
    public void Check(nint status)
    {
        if (status != 0)
        {
            string message = Text(((delegate* unmanaged<nint, nint>)_table[2])(status));
            ((delegate* unmanaged<nint, void>)_table[93])(status);
            throw new OrtException(message);
        }
    }

    /// <summary>A zero-terminated UTF-8 text.</summary>
    public static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? string.Empty;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
