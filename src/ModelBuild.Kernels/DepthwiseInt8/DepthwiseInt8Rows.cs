namespace ModelBuild.Kernels;

/// <summary>The input rows of a step: where the channels of the first column are, and bytes from a column to the next, which are none in a row outside the input.</summary>
internal ref struct DepthwiseInt8Rows
{
    public ref byte Row0;
    public ref byte Row1;
    public ref byte Row2;
    public ref byte Row3;
    public nint Step0;
    public nint Step1;
    public nint Step2;
    public nint Step3;
}
