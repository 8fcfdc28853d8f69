using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Takes slices of a quantized tensor, as Gather does, and dequantizes these: y = (x - zero point) * scale, with parameters for each block of quantize_axis.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GatherBlockQuantized
/// Elements of 2 and 4 bits may be packed into bytes along the last axis, the first in the lowest bits. An index that is out of range is an error.
/// </summary>
internal sealed class GatherBlockQuantized : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var (data, indices, scales) = (f.Require(0), f.Require(1), f.Require(2));
        var bits = data.Type.Element == ElementType.UInt8 ? f.Attributes.Get("bits", 4L) : 8;
        if (bits is not (2 or 4 or 8))
        {
            throw new OperatorException($"bits={bits} is none of 2, 4 and 8");
        }

        var rank = data.Type.Rank;
        var gathered = InferContext.Axis(f.Attributes.Get("gather_axis", 0L), rank);
        var quantized = InferContext.Axis(f.Attributes.Get("quantize_axis", 1L), rank);
        if (bits < 8 && gathered == rank - 1)
        {
            throw OperatorException.Unsupported("packed elements along the axis that is gathered are not supported");
        }

        // All parts lose the slices that are not wanted first. The blocks' axis moves where the indices have another number of axes than one.
        Value Taken(Value value) => value.Type[gathered].Equals(data.Type[gathered]) ? f.Add("Gather", Attributes.Of(("axis", gathered)), value, indices)
            : f.Add("Expand", f.Add("Gather", Attributes.Of(("axis", gathered)), value, f.Add("Mul", indices, f.Number(0, indices))), f.Constant(1L));
        var axis = quantized > gathered ? quantized + indices.Type.Rank - 1 : quantized;
        var element = scales.Type.Element;
        var size = quantized == rank - 1 ? data.Type[quantized] * (8 / bits) : data.Type[quantized];
        size = data.Type.Element == ElementType.UInt8 ? size : data.Type[quantized];
        if (!size.IsConstant)
        {
            throw OperatorException.Unsupported("blocks along an axis of unknown size are not supported");
        }

        // Which block an element belongs to; of size 0, a block is the whole axis.
        var block = f.Attributes.Get("block_size", 128L);
        Value Spread(Value parameter) => f.Add("Gather", Attributes.Of(("axis", axis)), parameter, f.Constant([.. Enumerable.Range(0, (int)size.Constant).Select(i => block == 0 ? 0 : i / block)]));
        var x = f.As(Unpacked(f, Taken(data), bits), element);
        if (f.Input(3) is { } zeros)
        {
            x = f.Add("Sub", x, f.As(Spread(Unpacked(f, Taken(zeros), bits)), element));
        }
        else if (data.Type.Element == ElementType.UInt8)
        {
            x = f.Add("Sub", x, 1L << (int)(bits - 1));
        }

        f.Output(0, f.Add("Mul", x, Spread(Taken(scales))));
    }

    // The elements that lie side by side in bytes, along the last axis.
    private static Value Unpacked(FunctionContext f, Value packed, long bits)
    {
        if (bits == 8)
        {
            return packed;
        }

        Value Byte(long value) => f.Scalar(value, ElementType.UInt8);
        IEnumerable<Value?> parts = Enumerable.Range(0, (int)(8 / bits)).Select(part =>
            f.Add("Unsqueeze", f.Add("BitwiseAnd", f.Add("BitShift", Attributes.Of(("direction", "RIGHT")), packed, Byte(part * bits)), Byte((1 << (int)bits) - 1)), f.Constant(-1L)));
        long[] kept = [.. Enumerable.Repeat(0L, packed.Type.Rank - 1), -1];
        return f.Add("Reshape", f.Add("Concat", Attributes.Of(("axis", -1)), [.. parts]), f.Constant(kept));
    }
}
