namespace ModelBuild.Kernels;

/// <summary>Integer arithmetic on vectors, modulo the width of an element, for loops that are written once for all widths.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Bytes of a vector.</summary>
    static abstract int Bytes { get; }

    static abstract TVector Load(ref byte source);

    static abstract void Store(TVector value, ref byte target);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>Divides by four, rounding down.</summary>
    static abstract TVector Quarter(TVector value);
}
