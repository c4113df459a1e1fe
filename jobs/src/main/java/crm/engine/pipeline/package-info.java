/** The pipeline of all jobs, run here or written for Airflow from one definition. */
package crm.engine.pipeline;
