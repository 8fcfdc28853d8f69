namespace ModelBuild.Kernels;

/// <summary>The type to which a quotient is rounded before it is rounded to an integer.</summary>
internal enum QuotientPrecision
{
    /// <summary>32-bit floats.</summary>
    Single,

    /// <summary>16-bit floats.</summary>
    Half,

    /// <summary>The upper halves of 32-bit floats.</summary>
    BFloat16,
}
