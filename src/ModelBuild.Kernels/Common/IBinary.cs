namespace ModelBuild.Kernels;

/// <summary>One element-wise operation of two operands of any type, one element at a time. Implementations are structs, so that the JIT specialises each use.</summary>
internal interface IBinary<T, TResult>
{
    TResult Invoke(T a, T b);
}
