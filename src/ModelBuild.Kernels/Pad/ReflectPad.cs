namespace ModelBuild.Kernels;

/// <summary>ONNX Pad, mode "reflect": mirrored at the outermost element, which is not repeated; a pad longer than the input goes back and forth.</summary>
internal readonly record struct ReflectPad : IPadMode
{
    public int Map(int index, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        int period = 2 * (length - 1);
        int phase = ((index % period) + period) % period;
        return phase < length ? phase : period - phase;
    }
}
