namespace ModelBuild.Kernels;

/// <summary>A vector of any number type, of some width, that can take the larger of two lanes: all that a maximum pooling needs.</summary>
internal interface ISimdMax<TSelf, T>
    where TSelf : struct, ISimdMax<TSelf, T>
{
    /// <summary>Lanes of the vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> elements that start <paramref name="offset"/> elements after <paramref name="source"/>; no alignment is needed.</summary>
    static abstract TSelf LoadUnsafe(ref readonly T source, nuint offset);

    /// <summary>Writes the lanes to the elements that start <paramref name="offset"/> elements after <paramref name="destination"/>.</summary>
    void StoreUnsafe(ref T destination, nuint offset);

    /// <summary>The larger of two lanes; for floats NaN if either is NaN, and -0 is less than +0.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);
}
