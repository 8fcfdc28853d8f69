using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Equal of texts: the same characters.</summary>
internal readonly record struct EqualText : IBinary<string, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(string a, string b) => a == b;
}
