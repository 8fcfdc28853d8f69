using System.Globalization;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>Writes small constants in dumps and error messages.</summary>
internal static class TensorText
{
    public static string Of(Tensor tensor)
    {
        var values = tensor.Type switch
        {
            ElementType.Float => tensor.As<float>().ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            ElementType.Double => tensor.As<double>().ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            ElementType.Int64 => tensor.As<long>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.Int32 => tensor.As<int>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.UInt8 or ElementType.Bool => tensor.Bytes.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.Int8 => tensor.As<sbyte>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            _ when TensorNumbers.ToDoubles(tensor) is { } numbers => numbers.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            _ => [tensor.TensorType.ToString()],
        };
        return tensor.Dims.Count == 0 ? values.First() : $"[{string.Join(",", values)}]";
    }
}
