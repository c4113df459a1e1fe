package crm.models.forecasting;

import java.io.Serializable;

/** The regression of a level at each of its origins, the last of which is the end. */
public final class Coefficients implements Serializable {}
