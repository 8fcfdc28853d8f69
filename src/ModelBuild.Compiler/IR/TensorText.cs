using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.Ops;
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
            _ when IsOther(tensor.Type) => TensorNumbers.ToDoubles(tensor)!.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            ElementType.Int64 => tensor.As<long>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.Int32 => tensor.As<int>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.UInt8 or ElementType.Bool => tensor.Bytes.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.Int8 => tensor.As<sbyte>().ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            ElementType.String => tensor.Strings.Select(text => $"\"{text}\""),
            _ => [tensor.TensorType.ToString()],
        };
        return tensor.Dims.Count == 0 ? values.First() : $"[{string.Join(",", values)}]";
    }

    private static bool IsOther(ElementType type) => type is ElementType.Float16 or ElementType.Int16 or ElementType.UInt16 or ElementType.UInt32 || type.IsNarrow();
}
