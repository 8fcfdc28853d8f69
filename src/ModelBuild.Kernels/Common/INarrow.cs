namespace ModelBuild.Kernels;

/// <summary>A number of few bits that .NET has no type for: ONNX computes on none of them, it only converts them. Every one is a 32-bit float exactly.</summary>
internal interface INarrow<TSelf>
    where TSelf : unmanaged, INarrow<TSelf>
{
    /// <summary>The number.</summary>
    static abstract float ToSingle(TSelf value);

    /// <summary>
    /// The nearest number of the type, halves to even; of an integer type, the low bits of the number without its fraction. What is too large becomes the largest
    /// number where <paramref name="saturate"/> holds, else what the type has for it.
    /// </summary>
    static abstract TSelf FromSingle(float value, bool saturate);
}
