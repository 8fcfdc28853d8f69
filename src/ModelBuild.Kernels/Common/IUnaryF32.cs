namespace ModelBuild.Kernels;

/// <summary>
/// One element-wise operation, written once for every vector width. Implementations are readonly structs whose fields are the operation's constants, so that
/// the JIT specialises each use; they also serve as the activation that a layer applies to its output.
/// </summary>
internal interface IUnaryF32
{
    /// <summary>Applies the operation to every lane. The result of a lane depends on that lane alone and is the same at every width.</summary>
    TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>;
}
