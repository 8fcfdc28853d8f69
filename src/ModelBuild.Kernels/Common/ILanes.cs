namespace ModelBuild.Kernels;

/// <summary>Integer arithmetic on vectors, modulo the width of an element, for loops that are written once for all widths.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
internal interface ILanes<TVector, T>
    where TVector : struct
    where T : struct
{
    /// <summary>Bytes of a vector.</summary>
    static abstract int Bytes { get; }

    static abstract TVector Load(ref byte source);

    static abstract void Store(TVector value, ref byte target);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>The larger of each two elements.</summary>
    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector ShiftLeft(TVector value, int bits);

    /// <summary>Divides by a power of two, rounding down.</summary>
    static abstract TVector ShiftRight(TVector value, int bits);

    static abstract TVector Multiply(TVector value, T factor);
}
