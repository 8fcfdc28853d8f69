namespace ModelBuild.Kernels;

/// <summary>One element-wise operation of two operands, written once for every vector width; see <see cref="IUnaryF32"/>.</summary>
internal interface IBinaryF32
{
    /// <summary>Applies the operation to every pair of lanes. The result of a lane depends on that lane alone and is the same at every width.</summary>
    TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector>;
}
