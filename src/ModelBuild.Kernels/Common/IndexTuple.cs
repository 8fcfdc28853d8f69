using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Indices into several axes at once, as ONNX GatherND and ScatterND have them.</summary>
internal static class IndexTuple
{
    /// <summary>
    /// The offset that a tuple means. <paramref name="tuple"/> has one index for each axis of <paramref name="shape"/>, whose strides are those of the indexed tensor.
    /// A negative index counts from the end; one out of range throws.
    /// </summary>
    public static int Resolve<TIndex>(ReadOnlySpan<TIndex> tuple, in StridedShape shape)
        where TIndex : struct, IBinaryInteger<TIndex>
    {
        Axes lengths = shape.Lengths;
        Axes strides = shape.Strides;
        int offset = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            offset += AxisIndex.Resolve(tuple[axis], lengths[axis]) * strides[axis];
        }

        return offset;
    }
}
