namespace ModelBuild.Benchmarks;

/// <summary>What both sides compute in: a comparison is always between equals.</summary>
internal enum Precision
{
    Float32,
    Int8,
}
