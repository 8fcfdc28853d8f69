using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>Copies tensors into values that ONNX Runtime owns, and back.</summary>
internal static unsafe class OrtTensors
{
    private const int TensorKind = 1;
    private const int MapKind = 3;

    /// <summary>The caller releases the value.</summary>
    public static nint Create(OrtApi api, Tensor tensor)
    {
        nint value = 0;
        long[] shape = [.. tensor.Shape];
        fixed (long* dimensions = shape)
        {
            api.Check(api.CreateTensor(api.Allocator, dimensions, (nuint)shape.Length, (int)tensor.Type, &value));
        }

        try
        {
            if (tensor.Type == TensorType.String)
            {
                FillStrings(api, value, tensor);
            }
            else
            {
                void* data = null;
                api.Check(api.TensorData(value, &data));
                tensor.Bytes.CopyTo(new Span<byte>(data, tensor.Bytes.Length));
            }

            return value;
        }
        catch
        {
            api.ReleaseValue(value);
            throw;
        }
    }

    /// <summary>A map of these keys and values. The caller releases it.</summary>
    public static nint CreateMap(OrtApi api, Tensor keys, Tensor values)
    {
        nint* parts = stackalloc nint[2];
        parts[0] = Create(api, keys);
        parts[1] = Create(api, values);
        try
        {
            nint map = 0;
            api.Check(api.CreateValue(parts, 2, MapKind, &map));
            return map;
        }
        finally
        {
            api.ReleaseValue(parts[0]);
            api.ReleaseValue(parts[1]);
        }
    }

    /// <param name="api">The library.</param>
    /// <param name="value">Stays the caller's.</param>
    /// <param name="name">For the message, if it is no tensor.</param>
    public static Tensor Read(OrtApi api, nint value, string name)
    {
        int kind = 0;
        api.Check(api.ValueKind(value, &kind));
        if (kind != TensorKind)
        {
            throw new OrtException($"Output {name} is a sequence, map or optional, not a tensor: name the outputs to read.");
        }

        nint info = 0;
        api.Check(api.TensorInfo(value, &info));
        (TensorType type, long[] shape) = ReadShape(api, info);
        api.ReleaseTensorInfo(info);
        if (type == TensorType.String)
        {
            return ReadStrings(api, value, shape);
        }

        Tensor tensor = Tensor.Zeros(type, shape);
        void* data = null;
        api.Check(api.TensorData(value, &data));
        new ReadOnlySpan<byte>(data, tensor.Bytes.Length).CopyTo(tensor.Bytes);
        return tensor;
    }

    public static (TensorType Type, long[] Dimensions) ReadShape(OrtApi api, nint tensorInfo)
    {
        int type = 0;
        nuint rank = 0;
        api.Check(api.ElementType(tensorInfo, &type));
        api.Check(api.Rank(tensorInfo, &rank));
        long[] dimensions = new long[(int)rank];
        fixed (long* d = dimensions)
        {
            api.Check(api.Dimensions(tensorInfo, d, rank));
        }

        return ((TensorType)type, dimensions);
    }

    private static void FillStrings(OrtApi api, nint value, Tensor tensor)
    {
        nint[] texts = [.. tensor.Strings.Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            fixed (nint* t = texts)
            {
                api.Check(api.FillStrings(value, t, (nuint)texts.Length));
            }
        }
        finally
        {
            Array.ForEach(texts, Marshal.FreeCoTaskMem);
        }
    }

    private static Tensor ReadStrings(OrtApi api, nint value, long[] shape)
    {
        nuint length = 0;
        api.Check(api.StringsLength(value, &length));
        int count = (int)shape.Aggregate(1L, (a, b) => a * b);
        byte[] text = new byte[(int)length];
        nuint[] starts = new nuint[count];
        fixed (byte* t = text)
        {
            fixed (nuint* s = starts)
            {
                api.Check(api.StringsContent(value, t, length, s, (nuint)count));
            }
        }

        string[] strings = new string[count];
        for (int i = 0; i < count; i++)
        {
            int start = (int)starts[i];
            int end = i + 1 < count ? (int)starts[i + 1] : text.Length;
            strings[i] = Encoding.UTF8.GetString(text, start, end - start);
        }

        return new Tensor(shape, strings);
    }
}
