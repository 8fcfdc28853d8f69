namespace ModelBuild.Kernels;

/// <summary>One element-wise operation of one operand of any type, one element at a time. Implementations are structs, so that the JIT specialises each use.</summary>
internal interface IUnary<T, TResult>
{
    TResult Invoke(T x);
}
