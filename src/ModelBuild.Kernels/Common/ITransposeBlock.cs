namespace ModelBuild.Kernels;

/// <summary>A square block that vectors transpose: see <see cref="TransposeBlocks"/>.</summary>
/// <typeparam name="T">An integer of the elements' size.</typeparam>
internal interface ITransposeBlock<T>
    where T : unmanaged
{
    /// <summary>Rows and columns of the block.</summary>
    static abstract int Edge { get; }

    /// <summary><c>y[i * toStride + k] = x[i + k * fromStride]</c> for i and k below <see cref="Edge"/>.</summary>
    static abstract void Move(ref T x, nint fromStride, ref T y, nint toStride);
}
